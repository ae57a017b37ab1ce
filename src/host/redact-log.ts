import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { onDisk } from './file-operations.ts';
import type { OutputFile } from './output-file.ts';
import type { Redactor } from './redact.ts';

const chunkBytes = 256 * 1024;

/** Replaces a kept log by a copy without its secrets; a log that holds none stays as it is, byte for byte. */
export async function redactLog(log: OutputFile, redactor: Redactor): Promise<void> {
  const { file } = log;
  if (file === null) return;
  const copy = join(dirname(file), `.prd-${randomUUID()}.tmp`);
  await onDisk('redact', file, async () => {
    try {
      if (await writeCopy(log, copy, redactor)) await rename(copy, file);
    } finally {
      await rm(copy, { force: true });
    }
  });
}

/** True if the copy differs. */
async function writeCopy(log: OutputFile, copy: string, redactor: Redactor): Promise<boolean> {
  let hidden = '';
  const decoder = new StringDecoder('utf8');
  const stream = redactor.stream((text) => {
    hidden += text;
  });
  const handle = await open(copy, 'wx', 0o600);
  try {
    const bytes = log.size();
    for (let offset = 0; offset < bytes; offset += chunkBytes) {
      stream.push(decoder.write(log.read(offset, Math.min(chunkBytes, bytes - offset))));
      await handle.write(hidden);
      hidden = '';
    }
    stream.push(decoder.end());
    stream.end();
    await handle.write(hidden);
  } finally {
    await handle.close();
  }
  return stream.changed();
}
