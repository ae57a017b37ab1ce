import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders and files whose tests take longest: started last, one of them would keep one core busy while the other idles. */
const long = ['test/faults/', 'test/examples', 'test/run/', 'test/bench/', 'test/cli/c', 'test/land/'];

/** vitest knows how long files took only on a machine where they have run before. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = long.findIndex((part) => moduleId.includes(part));
      return found === -1 ? long.length : found;
    };
    return [...(await super.sort(files))].sort((a, b) => rank(a) - rank(b));
  }
}
