import * as z from 'zod';

const exitCode = z.union([z.int().min(0).max(255), z.literal('nonzero')]).meta({
  title: 'Exit code',
  description:
    'The exit code that means success. "nonzero" accepts any failure of the command but 126, 127, signals and timeouts.',
});

const expectation = z
  .looseObject({
    exit: exitCode.optional(),
    stdout: z.string().optional().meta({
      title: 'Output',
      description: 'Text the output must contain; an empty string means that nothing may be printed.',
    }),
  })
  .meta({ title: 'Expectation', description: 'What the command must answer; without it, exit code 0.' });

const verify = z
  .looseObject({
    run: z
      .string()
      .min(1)
      .meta({ title: 'Command', description: 'Shell command, run exactly as written, with pipefail.' }),
    expect: expectation.optional(),
    timeout: z
      .union([z.string().regex(/^\d+ ?(?:ms|s|m|h)$/), z.number().positive()])
      .optional()
      .meta({
        title: 'Timeout',
        description: 'Such as "90s", "5m" or "1h"; a number counts seconds. Default: 10 minutes.',
      }),
    cwd: z
      .string()
      .optional()
      .meta({ title: 'Folder', description: 'Folder to run in, relative to the root of the repository.' }),
  })
  .meta({ id: 'Verify', title: 'Verify command', description: 'The command that decides this criterion.' });

const criterion = z
  .union([
    z.string(),
    z.looseObject({
      text: z.string().optional().meta({ title: 'Text', description: 'What must be true, for people.' }),
      verify: verify.optional(),
    }),
  ])
  .meta({
    id: 'Criterion',
    title: 'Acceptance criterion',
    description:
      'What must be true when the story is done. "Verify: <command>", or a command with its expectation ("`npm test` passes"), runs; a phrase such as "Tests pass" runs the named check; any other text is prose.',
  });

const disable = z.looseObject({
  rule: z
    .string()
    .meta({ title: 'Rule', description: 'A rule such as "judgment/pattern-ref", or a group: "judgment/*".' }),
  criterion: z
    .string()
    .optional()
    .meta({ title: 'Criterion', description: 'A part of the text that occurs in exactly one criterion.' }),
  reason: z
    .string()
    .min(10)
    .meta({ title: 'Reason', description: 'Why the finding does not hold here, in ten characters or more.' }),
});

const lint = z
  .looseObject({
    disable: z
      .array(disable)
      .optional()
      .meta({ title: 'Disabled rules', description: 'Findings that were looked at and accepted.' }),
  })
  .meta({ id: 'Lint', title: 'Lint', description: 'How `prd lint` treats this part of the document.' });

const globs = (title: string, description: string) => z.array(z.string()).optional().meta({ title, description });

const story = z
  .looseObject({
    id: z
      .union([z.string().min(1), z.int()])
      .meta({ title: 'Id', description: 'Unique in the document, for example "US-001".' }),
    title: z.string().meta({ title: 'Title', description: 'What is built, in one line.' }),
    description: z.string().optional().meta({ title: 'Description', description: 'Who wants it and why.' }),
    implementModel: z
      .string()
      .optional()
      .meta({
        title: 'Who implements it',
        description:
          '"orchestrator", "delegate", an alias such as "sonnet", or a model id. Without it, the orchestrator.',
        examples: ['orchestrator', 'delegate', 'opus', 'sonnet', 'haiku'],
      }),
    acceptanceCriteria: z
      .array(criterion)
      .meta({ title: 'Acceptance criteria', description: 'One fact each; the proof comes last.' }),
    priority: z.number().optional().meta({
      title: 'Priority',
      description: 'A rank: lower runs first, equal ranks in document order. Without one, last.',
    }),
    dependsOn: z
      .array(z.union([z.string(), z.int()]))
      .optional()
      .meta({ title: 'Depends on', description: 'Ids of stories that must pass first.' }),
    phase: z.union([z.int(), z.string()]).optional().meta({
      title: 'Phase',
      description: 'Phases run one after the other: numbers by value, names by first appearance.',
    }),
    files: globs('Files', 'Globs of the files this story may touch. Without them, any.'),
    owns: globs('Owns', 'Globs of protected files, such as tests, that this story may change.'),
    passes: z
      .boolean()
      .default(false)
      .meta({ title: 'Passes', description: 'Set by a landing, with evidence. Never set it by hand.' }),
    notes: z.string().optional().meta({ title: 'Notes', description: 'Shown to the implementer; binds nobody.' }),
    lint: lint.optional(),
  })
  .meta({ id: 'Story', title: 'User story', description: 'One thing to build, small enough for one attempt.' });

/**
 * The canonical form of a PRD file. Documents in other dialects are read all the same: this says what an editor shall offer.
 * Unknown keys are allowed everywhere and always kept. Publish it with `io: 'input'`: there, fields with a default are optional.
 */
export const prdSchema = z
  .looseObject({
    $schema: z.string().optional().meta({ title: 'Schema', description: 'Where editors find this schema.' }),
    project: z.string().optional().meta({ title: 'Project', description: 'Name of the project.' }),
    branchName: z.string().optional().meta({
      title: 'Branch',
      description: 'Branch that stories land on. Without it, the branch that is checked out.',
    }),
    description: z
      .string()
      .optional()
      .meta({ title: 'Description', description: 'What this document is about, in a few sentences.' }),
    checks: z
      .record(z.string(), z.string().min(1))
      .optional()
      .meta({
        title: 'Named checks',
        description: 'Commands by name, so that "Typecheck passes" and "Tests pass" are executable.',
        examples: [{ typecheck: 'npx tsc --noEmit', test: 'npm test' }],
      }),
    userStories: z.array(story).meta({ title: 'User stories', description: 'The plan of work.' }),
    lint: lint.optional(),
  })
  .meta({ title: 'PRD', description: 'A product requirements document that `prd` turns into merged, proven commits.' });

/** The canonical file as a value, for those who write one. */
export type PrdFile = z.input<typeof prdSchema>;
