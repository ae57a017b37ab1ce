/** What checks and setup cannot do without. A repository can only ask for it. */
export interface Needs {
  /** NAMES of variables. */
  readonly env: readonly string[];
  /** `host`: checks and commands of agents reach the network of the machine. */
  readonly network: 'none' | 'host';
  /** Untracked files of the user that every tree gets a copy of. */
  readonly copy: readonly string[];
}

export const noNeeds: Needs = { env: [], network: 'none', copy: [] };

/** What a configuration asks for; every part may be left out. */
export function needsOf({ needs = {} }: { readonly needs?: AskedNeeds | undefined }): Needs {
  return { env: needs.env ?? [], network: needs.network ?? 'none', copy: needs.copy ?? [] };
}

type AskedNeeds = { readonly [Part in keyof Needs]?: Needs[Part] | undefined };

/** The part of what is asked for that nobody has approved. */
export function unansweredNeeds(asked: Needs, approved: Needs): Needs {
  return {
    env: asked.env.filter((name) => !approved.env.includes(name)),
    network: approved.network === 'host' ? 'none' : asked.network,
    copy: asked.copy.filter((path) => !approved.copy.includes(path)),
  };
}
