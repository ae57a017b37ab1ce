/** Where a PRD may stand, relative to the repository, in the order in which it is looked for. The first that exists is used. */
export const prdFileNames: readonly string[] = [
  'PRD.json',
  'prd.json',
  '.ralph/prd.json',
  'scripts/ralph/prd.json',
  'ralph/prd.json',
  'tasks/prd.json',
];

/** Examples, templates and archives are never picked by themselves. */
export function isPickedByItself(file: string): boolean {
  const parts = file.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  if (name.endsWith('.example') || name.includes('template')) return false;
  return !parts.slice(0, -1).some((folder) => ['archive', '.archive', 'history'].includes(folder));
}
