import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stableJson } from '@golden-image/evidence';
import { publishAtomically } from '@golden-image/host';
import { ENGINE_VERSION } from '../version.ts';
import { checkOwner, prune, touch } from './private-cache.ts';

/** So many answers to a question are kept. */
const KEEP = 16;

/**
 * The answer to a question that takes seconds to find and depends on nothing but `facts`: from the cache, or found now.
 *
 * @param name of the question, `[a-z]+`
 * @param facts plain data; everything that decides the answer
 * @param find its result is plain data; undefined, when there is no answer, is not kept
 * @param cacheFolder undefined: nothing is kept
 * @throws UserError `cache-not-private`; whatever `find` throws, which is not kept
 */
export async function remembered<T>(
  name: string,
  facts: unknown,
  cacheFolder: string | undefined,
  find: () => Promise<T>,
): Promise<T> {
  if (cacheFolder === undefined) {
    return find();
  }
  const folder = path.join(cacheFolder, 'answers');
  const question = stableJson({ name, facts, engine: ENGINE_VERSION });
  const file = path.join(folder, `${name}-${createHash('sha256').update(question).digest('hex')}.json`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    await checkOwner(folder);
    await checkOwner(file);
    const known = parsed(text);
    if (known) {
      await touch(file);
      return known.answer as T;
    }
  }
  const answer = await find();
  if (answer === undefined) {
    return answer;
  }
  // Without room for it, the question is asked again next time.
  await keep(file, name, { answer }).catch(() => {});
  return answer;
}

async function keep(file: string, name: string, content: unknown): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await publishAtomically(file, (partial) => writeFile(partial, JSON.stringify(content), { mode: 0o600 }));
  await prune(folder, new RegExp(`^${name}-[0-9a-f]{64}\\.json$`), (entry) => entry, KEEP);
}

/** undefined when it was cut off. */
function parsed(text: string): { readonly answer: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'answer' in value ? value : undefined;
  } catch {
    return undefined;
  }
}
