/** How many requests a service answers at once. */
export interface Places {
  /** False when all are taken. */
  take(): boolean;
  giveBack(): void;
}

export function openPlaces(most: number): Places {
  let taken = 0;
  return {
    take: () => {
      if (taken >= most) return false;
      taken += 1;
      return true;
    },
    giveBack: () => {
      taken -= 1;
    },
  };
}
