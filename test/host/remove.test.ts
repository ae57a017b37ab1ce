import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { remove } from '../../src/host/remove.ts';
import { tempFolder } from './temp-folder.ts';

/** A folder to be removed, beside one that must stay. */
function twoFolders() {
  const parent = tempFolder();
  const [doomed, kept] = [join(parent, 'doomed'), join(parent, 'kept')];
  mkdirSync(doomed);
  mkdirSync(kept);
  writeFileSync(join(kept, 'file'), 'kept');
  return { parent, doomed, kept };
}

describe('remove', () => {
  const contents: [string, (doomed: string, kept: string) => void][] = [
    ['that is empty', () => {}],
    ['with files and folders', (doomed) => mkdirSync(join(doomed, 'a/b/c'), { recursive: true })],
    ['with a link to a folder', (doomed, kept) => symlinkSync(kept, join(doomed, 'link'))],
    ['with a link to a file', (doomed, kept) => symlinkSync(join(kept, 'file'), join(doomed, 'link'))],
    ['with a link to itself', (doomed) => symlinkSync(doomed, join(doomed, 'self'))],
    ['with a pipe', (doomed) => execFileSync('sh', ['-c', 'mkfifo "$0/pipe"', doomed])],
    [
      'with a name that is no UTF-8',
      (doomed) =>
        execFileSync('sh', [
          '-c',
          `cd "$0" && mkdir "$(printf 'a\\377')" && touch "$(printf 'a\\377/b\\376')"`,
          doomed,
        ]),
    ],
    [
      'that is read-only',
      (doomed) => {
        mkdirSync(join(doomed, 'module'));
        writeFileSync(join(doomed, 'module', 'file'), '');
        chmodSync(join(doomed, 'module'), 0o500);
        chmodSync(doomed, 0o500);
      },
    ],
    [
      'nested deeper than a path may be long',
      (doomed) => {
        // From the inside out, since no path reaches to the bottom.
        const [chain, outer] = [join(doomed, 'chain'), join(doomed, 'outer')];
        mkdirSync(chain);
        for (let level = 0; level < 400; level += 1) {
          mkdirSync(outer);
          renameSync(chain, join(outer, 'a_rather_long_name'));
          renameSync(outer, chain);
        }
      },
    ],
    [
      'with a thousand files',
      (doomed) => {
        for (let i = 0; i < 1000; i += 1) writeFileSync(join(doomed, `f${i}`), '');
      },
    ],
  ];

  it.each(contents)('removes a folder %s, and nothing else', async (_, fill) => {
    const { parent, doomed, kept } = twoFolders();
    fill(doomed, kept);
    await remove(doomed);
    expect(readdirSync(parent)).toEqual(['kept']);
    expect(readdirSync(kept)).toEqual(['file']);
  });

  it('removes the link when the folder is one', async () => {
    const { parent, doomed, kept } = twoFolders();
    await remove(doomed);
    symlinkSync(kept, doomed);
    await remove(doomed);
    expect(readdirSync(parent)).toEqual(['kept']);
    expect(existsSync(join(kept, 'file'))).toBe(true);
  });

  it('is harmless for a folder that is not there', async () => {
    await remove(join(tempFolder(), 'never'));
  });

  it.each(['/', 'relative', '', '.'])('refuses `%s`', async (folder) => {
    await expect(remove(folder)).rejects.toMatchObject({
      problem: { code: 'disk', operation: 'remove', errno: 'EINVAL' },
    });
  });
});
