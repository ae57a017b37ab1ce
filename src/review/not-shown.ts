import { lockGlobs } from '../verify/file-kinds.ts';
import { anywhereTest } from '../verify/globs.ts';

/** What machines write, by name alone: a comment in the file would be a way to hide from the review. */
const generated = anywhereTest([
  '*.min.{js,css}',
  '*.{js,css}.map',
  '*.{g,freezed,mocks}.dart',
  '*.pb.{go,cc,h}',
  '*_pb2.py',
  '*_pb2_grpc.py',
  '*.generated.{ts,js,cs,swift}',
  '*.designer.cs',
]);
const snapshot = anywhereTest(['*.snap', '*.ambr', '**/__snapshots__/**', '**/goldens/**']);
const lock = anywhereTest(lockGlobs);

/** Why a changed file is named to the review in one line and not shown; null when it is shown. */
export function notShown(path: string): 'lock file' | 'snapshot' | 'generated' | null {
  if (lock(path)) return 'lock file';
  if (snapshot(path)) return 'snapshot';
  return generated(path) ? 'generated' : null;
}
