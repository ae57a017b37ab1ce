/** Folders that package managers fill. A repository's own `.gitignore` comes later and may take them back. */
const dependencyFolders = ['node_modules/', '.venv/', '__pycache__/', '.dart_tool/', '.pytest_cache/'];

/** Ignore patterns of every workspace: dependency folders, and exactly what setup copied in. */
export function workspaceExcludes(products: readonly string[]): string {
  return lines([...dependencyFolders, ...products.map((path) => `/${escapePattern(path)}`)]);
}

/** The rules of several `.gitignore` files as one file for the root, in the order of their depth. */
export function flattenRules(files: readonly { readonly path: string; readonly text: string }[]): string {
  const depth = (path: string) => path.split('/').length;
  const sorted = [...files].sort((a, b) => depth(a.path) - depth(b.path));
  return lines(sorted.flatMap(({ path, text }) => rulesBelow(path.replace(/\/?\.gitignore$/, ''), text)));
}

function rulesBelow(folder: string, text: string): string[] {
  const rules = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return folder === '' ? rules : rules.map((rule) => anchored(folder, rule));
}

/** A pattern without a slash matches at any depth below its own folder, one with a slash only from there. */
function anchored(folder: string, rule: string): string {
  const [not, pattern] = rule.startsWith('!') ? ['!', rule.slice(1)] : ['', rule];
  const isDeep = !pattern.replace(/\/\s*$/, '').includes('/');
  return `${not}/${escapePattern(folder)}/${isDeep ? '**/' : ''}${pattern.replace(/^\//, '')}`;
}

function escapePattern(path: string): string {
  return path.replace(/[\\*?[\]!#]/g, '\\$&');
}

function lines(rules: readonly string[]): string {
  return rules.map((rule) => `${rule}\n`).join('');
}
