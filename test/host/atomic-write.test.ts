import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AtomicWriteOptions, writeAtomic } from '../../src/host/atomic-write.ts';
import { type FileOperations, systemFiles } from '../../src/host/file-operations.ts';
import { PrdError } from '../../src/problem.ts';
import { failingFiles } from './failing-files.ts';
import { tempFolder } from './temp-folder.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function oldFile(text = 'old'): string {
  const file = join(tempFolder(), 'PRD.json');
  writeFileSync(file, text);
  return file;
}

async function problemOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PrdError);
  return (error as PrdError).problem;
}

describe('writeAtomic', () => {
  it.each<[string, string | Uint8Array, Buffer]>([
    ['text', 'né', Buffer.from('né')],
    ['bytes', new Uint8Array([0, 255]), Buffer.from([0, 255])],
    ['nothing', '', Buffer.alloc(0)],
    ['more than one write takes', 'x'.repeat(3_000_000), Buffer.alloc(3_000_000, 'x')],
  ])('replaces a file by %s', async (_, data, content) => {
    const file = oldFile();
    await writeAtomic(file, data);
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(readdirSync(join(file, '..'))).toEqual(['PRD.json']);
  });

  it('keeps the mode of an old file', async () => {
    const file = oldFile();
    chmodSync(file, 0o640);
    await writeAtomic(file, 'new', { mode: 0o777 });
    expect(statSync(file).mode & 0o7777).toBe(0o640);
  });

  it('gives a new file the mode it is told', async () => {
    const file = join(tempFolder(), 'state.json');
    await writeAtomic(file, 'new', { mode: 0o600 });
    expect(statSync(file).mode & 0o7777).toBe(0o600);
  });

  it('leaves a second name of the old file as it was', async () => {
    const file = oldFile();
    linkSync(file, `${file}.second`);
    await writeAtomic(file, 'new');
    expect([readFileSync(file, 'utf8'), readFileSync(`${file}.second`, 'utf8')]).toEqual(['new', 'old']);
  });

  it.each<[string, AtomicWriteOptions]>([
    ['what it was expected to hold', { expect: sha256('old') }],
    ['anything, when nothing is expected', {}],
  ])('replaces a file that holds %s', async (_, options) => {
    const file = oldFile();
    await writeAtomic(file, 'new', options);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it('creates a file that was expected to be missing', async () => {
    const file = join(tempFolder(), 'new.json');
    await writeAtomic(file, 'new', { expect: null });
    expect(readFileSync(file, 'utf8')).toBe('new');
  });
});

describe('writeAtomic refuses', () => {
  const cases: [string, (file: string) => void, AtomicWriteOptions, string][] = [
    ['a file that changed', () => {}, { expect: sha256('older') }, 'it changed since it was read'],
    ['a file that should not exist', () => {}, { expect: null }, 'it exists already'],
    [
      'a symbolic link',
      (file) => execFileSync('sh', ['-c', `mv ${file} ${file}.x; ln -s ${file}.x ${file}`]),
      {},
      'it is a symbolic link',
    ],
    ['a link to nothing', (file) => execFileSync('ln', ['-sf', '/no/such', file]), {}, 'it is a symbolic link'],
    ['a pipe', (file) => execFileSync('sh', ['-c', `rm ${file}; mkfifo ${file}`]), {}, 'it is not a plain file'],
    ['a folder', (file) => execFileSync('sh', ['-c', `rm ${file}; mkdir ${file}`]), {}, 'it is not a plain file'],
  ];

  it.each(cases)('%s', async (_, arrange, options, why) => {
    const file = oldFile();
    arrange(file);
    const before = readdirSync(join(file, '..'));
    expect(await problemOf(writeAtomic(file, 'new', options))).toEqual({ code: 'edit-refused', file, why });
    expect(readdirSync(join(file, '..'))).toEqual(before);
  });

  it('a file that is gone', async () => {
    const file = join(tempFolder(), 'gone.json');
    const problem = await problemOf(writeAtomic(file, 'new', { expect: sha256('old') }));
    expect(problem).toEqual({ code: 'edit-refused', file, why: 'it is gone' });
  });

  it('a file that somebody saves while we write', async () => {
    const file = oldFile();
    const files: FileOperations = {
      ...systemFiles,
      lstat: (path) => {
        writeFileSync(path, 'saved by the editor');
        return systemFiles.lstat(path);
      },
    };
    const problem = await problemOf(writeAtomic(file, 'new', { expect: sha256('old') }, files));
    expect(problem).toEqual({ code: 'edit-refused', file, why: 'it changed while it was being written' });
    expect(readFileSync(file, 'utf8')).toBe('saved by the editor');
    expect(readdirSync(join(file, '..'))).toEqual(['PRD.json']);
  });

  it('a missing folder, with the errno', async () => {
    const file = join(tempFolder(), 'no', 'PRD.json');
    expect(await problemOf(writeAtomic(file, 'new'))).toMatchObject({
      code: 'disk',
      operation: 'create',
      errno: 'ENOENT',
    });
  });
});

describe('when one operation fails', () => {
  const options = { expect: sha256('old') };

  it.each(['ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'EACCES'])(
    'every one of them with %s, the file is whole and known',
    async (errno) => {
      const whole = failingFiles(0, errno);
      await writeAtomic(oldFile(), 'new', options, whole.files);
      const renamed = whole.calls.indexOf('rename') + 1;
      expect(whole.calls.length).toBeGreaterThan(15);
      for (let nth = 1; nth <= whole.calls.length; nth += 1) {
        const file = oldFile();
        const { files, calls } = failingFiles(nth, errno);
        const problem = await problemOf(writeAtomic(file, 'new', options, files));
        expect({ nth, call: calls[nth - 1], problem }).toMatchObject({ problem: { code: 'disk', errno } });
        expect({ nth, text: readFileSync(file, 'utf8') }).toEqual({ nth, text: nth <= renamed ? 'old' : 'new' });
        expect(readdirSync(join(file, '..'))).toEqual(['PRD.json']);
      }
    },
  );

  it('a failed fsync is not tried again', async () => {
    const whole = failingFiles(0, 'EIO');
    await writeAtomic(oldFile(), 'new', options, whole.files);
    const nth = whole.calls.indexOf('sync') + 1;
    const { files, calls } = failingFiles(nth, 'EIO');
    await problemOf(writeAtomic(oldFile(), 'new', options, files));
    expect(calls.filter((call) => call === 'sync')).toHaveLength(1);
    expect(calls).not.toContain('rename');
  });

  it('the order is write, fsync, rename, fsync of the folder', async () => {
    const { files, calls } = failingFiles(0, '');
    await writeAtomic(oldFile(), 'new', {}, files);
    expect(calls.filter((call) => ['write', 'sync', 'rename'].includes(call))).toEqual([
      'write',
      'sync',
      'rename',
      'sync',
    ]);
  });
});

describe('a disk that takes less than it is given', () => {
  const shortWrites = (accept: (length: number) => number): FileOperations => ({
    ...systemFiles,
    open: async (...args) => {
      const handle = await systemFiles.open(...args);
      const write = (buffer: Uint8Array, offset: number, length: number) =>
        handle.write(buffer, offset, accept(length));
      return { ...bound(handle), write };
    },
  });

  it('is given the rest again', async () => {
    const file = oldFile();
    await writeAtomic(
      file,
      'a longer text',
      {},
      shortWrites((length) => Math.min(length, 3)),
    );
    expect(readFileSync(file, 'utf8')).toBe('a longer text');
  });

  it('and in the end takes nothing is full', async () => {
    const file = oldFile();
    let left = 5;
    const files = shortWrites((length) => {
      const taken = Math.min(length, left);
      left -= taken;
      return taken;
    });
    expect(await problemOf(writeAtomic(file, 'a longer text', {}, files))).toMatchObject({
      code: 'disk',
      errno: 'ENOSPC',
    });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(join(file, '..'))).toEqual(['PRD.json']);
  });

  it('or lies about it is found out before the file is replaced', async () => {
    const file = oldFile();
    const files: FileOperations = {
      ...systemFiles,
      open: async (...args) => {
        const handle = await systemFiles.open(...args);
        return { ...bound(handle), write: async (_buffer, _offset, length) => ({ bytesWritten: length }) };
      },
    };
    expect(await problemOf(writeAtomic(file, 'new', {}, files))).toMatchObject({ code: 'disk', operation: 'confirm' });
    expect(readFileSync(file, 'utf8')).toBe('old');
  });
});

describe('a writer that is killed', () => {
  it('leaves the old or the new text, whole', async () => {
    const folder = tempFolder();
    mkdirSync(folder, { recursive: true });
    symlinkSync('/no/such', join(folder, 'bystander'));
    const texts = ['a', 'b'].map((letter) => letter.repeat(50_000));
    const file = join(folder, 'PRD.json');
    writeFileSync(file, texts[0] ?? '');
    const { startHost } = await import('./host-process.ts');
    for (let round = 0; round < 6; round += 1) {
      const { child, ended, line } = await startHost(
        `import { writeAtomic } from '#src/host/atomic-write.ts';
         const [file] = process.argv.slice(2);
         console.log('up');
         for (let i = 0; ; i++) await writeAtomic(file, (i % 2 ? 'a' : 'b').repeat(50_000));`,
        file,
      );
      await line('up');
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      child.kill('SIGKILL');
      await ended;
      expect(texts).toContain(readFileSync(file, 'utf8'));
      expect(existsSync(join(folder, 'bystander'))).toBe(false);
    }
  });
});

function bound(handle: Awaited<ReturnType<FileOperations['open']>>) {
  return {
    chmod: handle.chmod.bind(handle),
    chown: handle.chown.bind(handle),
    close: handle.close.bind(handle),
    datasync: handle.datasync.bind(handle),
    sync: handle.sync.bind(handle),
    stat: handle.stat.bind(handle),
    read: handle.read.bind(handle),
    write: handle.write.bind(handle),
  };
}
