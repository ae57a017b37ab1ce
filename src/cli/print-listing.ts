import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { githubSummary } from '../report/github.ts';
import type { Listing, StoryName } from '../report/listing.ts';
import type { Out } from '../report/reporter.ts';
import type { Context } from './context.ts';
import type { Format } from './output-format.ts';

/** How a command prints its findings in each format. */
export type Renderers<S extends StoryName> = Readonly<Record<Format, (listing: Listing<S>, out: Out) => string>>;

/** Prints a listing on stdout; for GitHub also where it collects summaries. */
export async function printListing<S extends StoryName>(
  listing: Listing<S>,
  format: Format,
  renderers: Renderers<S>,
  { stdout, env, cwd }: Context,
): Promise<void> {
  stdout.write(renderers[format](listing, stdout));
  const summary = env.GITHUB_STEP_SUMMARY;
  if (format === 'github' && summary) await appendFile(resolve(cwd, summary), githubSummary(listing));
}
