/** The face of `config/`: what the user chose, once every source has been heard. */
import type { UserModel } from '../models/user-model.ts';
import type { Limits } from '../plan/limits.ts';
import type { Position } from '../problem.ts';
import type { Needs } from './needs.ts';
import type { LimitSettings, LintSettings, RoleSettings, UserConfig } from './schema.ts';

export interface Config {
  readonly lint: LintSettings;
  readonly limits: Limits;
  /** Globs beside the built-in ones. */
  readonly protected: readonly string[];
  /** Null: found out from the lockfiles. */
  readonly setup: readonly string[] | null;
  /** What the repository asks for. Asking is all it can do. */
  readonly needs: Needs;
  /** What of it the user granted. */
  readonly approvedNeeds: Needs;
  readonly roles: RoleSettings;
  readonly models: Readonly<Record<string, UserModel>>;
  /** A gateway for every model without an endpoint of its own. From the environment or a flag, never from a repository. */
  readonly baseUrl: string | null;
  readonly implementer: NonNullable<UserConfig['implementer']>;
  /** `auto`: the best that the machine has. */
  readonly sandbox: NonNullable<UserConfig['sandbox']>;
  readonly commit: { readonly message: string | null };
  /** At the end of a run: `bell`, `none` or a command of the user's. */
  readonly notify: string | null;
  /** NAMES of variables that the user lets checks and agents see. */
  readonly allowEnv: readonly string[];
}

/** What a flag or a `PRD_*` variable may say. */
export interface Override {
  readonly roles?: RoleSettings | undefined;
  readonly implementer?: Config['implementer'] | undefined;
  readonly sandbox?: Config['sandbox'] | undefined;
  readonly limits?: LimitSettings | undefined;
  readonly notify?: Config['notify'] | undefined;
}

/** A setting of the repository that has no effect. */
export interface IgnoredSetting {
  readonly file: string;
  /** Dotted path of the setting. */
  readonly setting: string;
  /** `unknown`: nobody knows it. `not-yours`: only the user may say it. `loosens`: it would relax what holds without it. */
  readonly why: 'unknown' | 'not-yours' | 'loosens';
  readonly at: Position;
}
