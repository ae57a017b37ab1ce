import type { Prd } from '../prd/prd.ts';
import type { Oid, Vault } from '../workspace/workspace.ts';
import { repositoryMap } from './repository-map.ts';

/** Files in which projects write down how they want to be written, first found wins. */
const conventionFiles = ['AGENTS.md', 'CLAUDE.md', 'CONTRIBUTING.md'] as const;
const maxConventions = 6_000;
const maxTitles = 4_000;

/**
 * The part of the prompt that all stories of a wave share. Nothing in it depends on the story, the attempt, the clock,
 * the user or the machine, so that every request after the first reads it from the cache.
 */
export async function sharedPrompt(vault: Vault, commit: Oid, prd: Prd, coaching: string): Promise<string> {
  const parts = [
    section('Conventions', await conventions(vault, commit)),
    section('Files of the repository', await repositoryMap(vault, commit)),
    section(`Stories of ${prd.project ?? 'this project'}`, titles(prd)),
    section('Learned from reviews', coaching),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

async function conventions(vault: Vault, commit: Oid): Promise<string> {
  for (const file of conventionFiles) {
    const text = await vault.read(commit, file);
    if (text !== null && text.trim() !== '') return clip(`From ${file}:\n${text.trim()}`, maxConventions);
  }
  return '';
}

/** Titles of all stories: the border of this one's scope. Without `passes`, which would change with each landing. */
function titles(prd: Prd): string {
  return clip(prd.stories.map((story) => `${story.id}: ${story.title}`).join('\n'), maxTitles);
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n${body}`;
}

function clip(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max)}\n(cut)`;
}
