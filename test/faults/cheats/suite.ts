import type { Lab } from '../lab/build.ts';
import type { Cheat, Forgery } from './cheat.ts';
import { claimCheats } from './claim-cheats.ts';
import { forgeries } from './forgeries.ts';
import { hidingCheats } from './hiding-cheats.ts';
import { type Played, playCheat, playForgery } from './play.ts';
import { runnerCheats } from './runner-cheats.ts';
import { settingCheats } from './setting-cheats.ts';
import { testCheats } from './test-cheats.ts';
import { missingTools } from './tools.ts';

/** Every dishonest implementer. */
export const cheats: readonly Cheat[] = [
  ...testCheats,
  ...runnerCheats,
  ...settingCheats,
  ...hidingCheats,
  ...claimCheats,
];

/** One of either kind, ready to be played. */
export interface Attack {
  readonly name: string;
  readonly missing: readonly string[];
  play(lab: Lab): Promise<Played>;
}

export const attacks: readonly Attack[] = [
  ...cheats.map((cheat) => attack(cheat, (lab) => playCheat(cheat, lab))),
  ...forgeries.map((forgery) => attack(forgery, (lab) => playForgery(forgery, lab))),
];

function attack({ name, shape }: Cheat | Forgery, play: Attack['play']): Attack {
  return { name, missing: missingTools(shape.needs), play };
}
