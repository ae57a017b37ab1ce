import { failable } from '../../src/host/fail-nth.ts';
import { type FileOperations, systemFiles } from '../../src/host/file-operations.ts';

export interface FailingFiles {
  readonly files: FileOperations;
  /** Names of the operations so far, in order. */
  readonly calls: string[];
}

/** The real file system, whose operation number `nth` (from 1) fails with `errno`. 0: none fails. */
export function failingFiles(nth: number, errno: string): FailingFiles {
  const calls: string[] = [];
  const files = failable(systemFiles, (operation) => {
    calls.push(operation);
    return calls.length === nth ? Object.assign(new Error(`${errno}: injected`), { code: errno }) : null;
  });
  return { files, calls };
}
