import type { Story } from '../prd/prd.ts';

/** The two roles a story can be routed to. */
export type Role = 'orchestrator' | 'delegate';

/** What `plan/` must know of models: names, never prices or endpoints. */
export interface Roster {
  /** Alias or id behind each role. */
  readonly roles: Readonly<Record<Role, string>>;
  /** Names a story may use, for "did you mean". */
  readonly names: readonly string[];
  /** Model id of a role, alias or id, or null if nobody knows the name. */
  resolve(name: string): string | null;
}

/** A story with its route. */
export interface Routed {
  readonly story: Story;
  readonly role: Role;
  /** The name to show and to bill under: the alias where one was used. */
  readonly model: string;
  /** Model id after resolving. */
  readonly modelId: string;
  readonly reason: RouteReason;
}

export type RouteReason =
  /** `implementModel` says so. */
  | { readonly kind: 'explicit'; readonly value: string }
  /** No `implementModel`: start conservative. */
  | { readonly kind: 'default' }
  /** `--upgrade` moved it. */
  | { readonly kind: 'upgraded'; readonly because: string };

export type PlannedState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'passes' }
  | { readonly kind: 'on-hold'; readonly word: string }
  /** Not among the stories named on the command line, and nothing that was named needs it. */
  | { readonly kind: 'not-selected' }
  /** Blocked in an earlier run; text and base have not changed since. */
  | { readonly kind: 'blocked'; readonly reason: string }
  /** No verify command decides it: it can never pass by itself. */
  | { readonly kind: 'unprovable'; readonly unresolved: readonly string[] }
  | { readonly kind: 'waits'; readonly for: readonly string[] };

export interface PlannedStory extends Routed {
  /** Stories of one wave may run at once; waves run in order, from 1. 0 for stories that do not run. */
  readonly wave: number;
  readonly phase: number;
  readonly state: PlannedState;
}

export interface Plan {
  /** In running order; those that do not run come last, in document order. */
  readonly stories: readonly PlannedStory[];
}
