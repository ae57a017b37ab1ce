/** Every key a document may use, canonical name first, in the order of preference. Plain spellings: lower case, no `_` or `-`. */

/** Field of a story → keys it is read from. */
export const storyKeys = {
  id: ['id'],
  title: ['title', 'name', 'story', 'feature', 'userstory', 'summary'],
  description: ['description', 'desc', 'details', 'goal', 'purpose'],
  acceptanceCriteria: [
    'acceptancecriteria',
    'acceptance',
    'criteria',
    'dod',
    'definitionofdone',
    'donewhen',
    'requirements',
    'completioncriteria',
    'steps',
  ],
  priority: ['priority'],
  passes: ['passes', 'pass', 'passed', 'completed', 'complete', 'done', 'status'],
  dependsOn: ['dependson', 'dependencies', 'deps', 'blockedby', 'prerequisites', 'requires', 'dependenton'],
  implementModel: ['implementmodel', 'model', 'modelpreference'],
  phase: ['phase', 'milestone', 'epic', 'sprint', 'step'],
  files: ['files', 'filestomodify', 'filesaffected', 'filesinscope', 'targetfiles', 'filestocreate'],
  owns: ['owns'],
  notes: ['notes', 'note', 'implementationnotes'],
} as const;

/** Field of the document → keys it is read from. */
export const documentKeys = {
  project: ['project', 'name', 'projectname', 'productname', 'title'],
  description: ['description', 'context', 'overview', 'summary', 'goal'],
  branchName: ['branchname', 'branch'],
} as const;

/** Lists of "done" that say something for the whole project: they join the criteria of another key. */
export const doneKeys: readonly string[] = ['dod', 'definitionofdone', 'donewhen'];

/** Fields of a story that hold verifications; every string in them is one more criterion. */
export const verificationKeys: readonly string[] = [
  'verify',
  'verification',
  'verifications',
  'verificationcmd',
  'verificationcommand',
  'verificationcommands',
  'command',
  'gate',
  'validation',
  'verificationsteps',
  'stepstoverify',
  'teststeps',
  'suggestedtests',
  'tests',
  'testcases',
  'testids',
];

/** Keys of the object form of a criterion. */
export const criterionKeys = {
  text: ['text', 'description', 'criterion', 'title', 'name'],
  run: ['testcommand', 'command', 'run', 'cmd', 'test', 'verify'],
  expect: ['expect', 'expected', 'expectedexitcode'],
} as const;

/** Hints about routing, strongest first. */
export const complexityKeys: readonly string[] = [
  'complexity',
  'estimatedcomplexity',
  'size',
  'effort',
  'estimatedeffort',
];

/** Fields that may name who shall do a story. */
export const executorKeys: readonly string[] = ['agent', 'executor', 'tier'];

/** Top-level keys that hold commands for the whole document, in the order of preference. */
export const checkKeys: readonly string[] = [
  'checks',
  'verificationcommands',
  'verifycommands',
  'qualitychecks',
  'qualitygates',
  'commands',
  'verification',
  'verificationcommand',
  'testcommand',
  'testingpolicy',
];

/** Canonical spelling of a plain key. */
export const canonicalNames: Readonly<Record<string, string>> = {
  userstories: 'userStories',
  acceptancecriteria: 'acceptanceCriteria',
  dependson: 'dependsOn',
  implementmodel: 'implementModel',
  branchname: 'branchName',
};
