import { align } from '../report/text.ts';
import { exitCodes } from './exit-codes.ts';

/** What `prd help <topic>` explains beside the commands. */
export const topics = {
  'exit-codes': { summary: 'what each exit code means', text: exitCodeTopic },
  environment: { summary: 'the variables that prd reads', text: environmentTopic },
  files: { summary: 'where prd looks for its files', text: filesTopic },
} satisfies Record<string, { summary: string; text: () => string }>;

function exitCodeTopic(): string {
  // Keys that look like numbers come in ascending order.
  const rows = Object.entries(exitCodes).map(([code, { meaning }]) => [code.padStart(3), meaning]);
  return [
    'Exit codes',
    '',
    ...align(rows),
    '',
    'When several apply the highest of 1 to 7 wins; a signal or a bug overrides all.',
    '',
  ].join('\n');
}

function environmentTopic(): string {
  const rows = [
    ['ANTHROPIC_API_KEY', 'the key of the default endpoint; others are named in your own configuration'],
    ['PRD_ORCHESTRATOR', 'model of the orchestrator'],
    ['PRD_DELEGATE', 'model of the delegate'],
    ['PRD_IMPLEMENTER', 'who does an attempt: builtin or claude-code'],
    ['PRD_SANDBOX', 'auto, none, guard or os'],
    ['PRD_MAX_COST', 'dollars a run may spend'],
    ['PRD_MAX_TOKENS', 'tokens a run may use'],
    ['PRD_MAX_TIME', 'how long a run may take, such as 2h'],
    ['PRD_VERIFY_JOBS', 'checks and setups that run at once'],
    ['PRD_NOTIFY', 'what happens at the end of a run: bell, none or a command'],
    ['PRD_NEEDS=allow', 'gives checks what prd.config.json asks for under `needs`'],
    ['PRD_NO_PROGRESS=1', 'one line per event instead of a live view'],
    ['PRD_DEBUG=1', 'adds stack traces to errors'],
    ['NO_COLOR, FORCE_COLOR', 'colour off, colour on'],
    ['XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME', 'where your configuration and the state of prd live'],
  ];
  return ['Environment', '', ...align(rows), '', 'A flag wins over a variable, a variable over a file.', ''].join('\n');
}

function filesTopic(): string {
  return [
    'Files',
    '',
    'The PRD is the first of these that exists, in the current folder or at the top of the repository:',
    '  PRD.json, prd.json, .ralph/prd.json, scripts/ralph/prd.json, ralph/prd.json, tasks/prd.json',
    '',
    ...align([
      ['prd.config.json', 'beside .git: lint severities, limits, protected files, setup, needs. It can only tighten'],
      [
        '$XDG_CONFIG_HOME/prd/config.json',
        'your own: models, endpoints, names of keys, prices, sandbox, commits, notify',
      ],
      ['.prd/evidence/', 'the evidence of each pass, committed with it'],
      ['$XDG_STATE_HOME/prd/', 'journals, approvals and attempts of each repository'],
    ]),
    '',
  ].join('\n');
}
