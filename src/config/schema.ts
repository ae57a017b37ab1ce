import * as z from 'zod';
import { userModel } from '../models/user-model.ts';
import { durationMs } from './duration.ts';

const severity = z.enum(['error', 'warning', 'info', 'off']);
const byRole = z.strictObject({
  delegate: severity.optional(),
  orchestrator: severity.optional(),
  unset: severity.optional().describe('Stories without `implementModel`.'),
});

const lint = z.strictObject({
  rules: z.record(z.string(), z.union([severity, byRole])).optional(),
  terms: z.array(z.string().min(1)).optional().describe("The project's own names: never vague words."),
  maxWarnings: z.int().min(0).optional(),
});

const duration = z
  .string()
  .regex(/^\d{1,9}(ms|s|m|h)$/)
  .describe('A time such as "90s", "5m" or "2h".');

const limits = z
  .strictObject({
    attempts: z.int().min(1).optional().describe('Attempts a story may take, all models together.'),
    storyCostUsd: z.number().min(0).optional(),
    storyTokens: z.int().min(0).optional(),
    runCostUsd: z.number().min(0).optional(),
    runTokens: z.int().min(0).optional(),
    runTime: duration.optional(),
    verifyJobs: z.int().min(1).optional().describe('Checks and setups that run at once. Default: one per core.'),
  })
  .transform(({ runTime, ...rest }): typeof rest & { runWallMs?: number | undefined } =>
    runTime === undefined ? rest : { ...rest, runWallMs: durationMs(runTime) },
  );

const roles = z.strictObject({
  orchestrator: z.string().min(1).optional(),
  delegate: z.string().min(1).optional(),
});

const globs = z.array(z.string().min(1));

// Inside the checkout, and never git's own.
const relativePath = /^(?!\/)(?!(.*\/)?(\.\.?|\.[gG][iI][tT])(\/|$))[^\\\p{Cc}]+$/u;

/** `prd.config.json`, what a repository may say. Beyond lint it can only tighten, or ask (`needs`). */
export const repoConfig = z.strictObject({
  $schema: z.string().optional(),
  lint: lint.optional(),
  limits: limits.optional().describe('Only lower than what holds without them.'),
  protected: globs.optional().describe('More files that no story may change unless it owns them.'),
  setup: z.array(z.string().min(1)).optional().describe('Commands that prepare a fresh clone, instead of guessing.'),
  roles: roles.optional().describe('Aliases or model ids that are known already.'),
  needs: z
    .strictObject({
      env: z
        .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/))
        .optional()
        .describe('NAMES of variables.'),
      network: z.literal('host').optional().describe('Checks reach the network of the machine, also in a sandbox.'),
      copy: z
        .array(z.string().regex(relativePath))
        .optional()
        .describe('Untracked files of the checkout that every fresh clone gets a copy of.'),
    })
    .optional()
    .describe('What checks and setup cannot do without: asked for, never taken.'),
});

/** The user's own configuration: the only file that may name endpoints, keys, prices and the sandbox. */
export const userConfig = z.strictObject({
  $schema: z.string().optional(),
  models: z.record(z.string(), userModel).optional().describe('By alias or model id.'),
  roles: roles.optional(),
  implementer: z.enum(['builtin', 'claude-code']).optional(),
  sandbox: z.enum(['auto', 'none', 'guard', 'os']).optional(),
  commit: z
    .strictObject({
      message: z.string().min(1).optional().describe('With `{id}` and `{title}` of the story.'),
    })
    .optional(),
  notify: z.string().min(1).optional().describe('At the end of a run: `bell`, `none` or a command.'),
  limits: limits.optional(),
  protected: globs.optional(),
  allowEnv: z.array(z.string().min(1)).optional().describe('NAMES of variables that checks and agents may see.'),
});

export type RepoConfig = z.infer<typeof repoConfig>;
export type UserConfig = z.infer<typeof userConfig>;
export type LintSettings = z.infer<typeof lint>;
export type LimitSettings = z.infer<typeof limits>;
export type RoleSettings = z.infer<typeof roles>;
