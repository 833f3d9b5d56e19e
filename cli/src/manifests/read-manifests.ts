import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkStreamTest, type StreamTest } from '@streamswarm/contract';
import { parseAllDocuments } from 'yaml';
import { CommandFailed, EXIT } from '../exit-codes.ts';

export interface GivenTest {
  /** File and document, for messages. */
  readonly where: string;
  readonly test: StreamTest;
}

export interface ManifestSource {
  readonly namespace: string | null;
  stdin(): string;
}

const MANIFEST = /\.(ya?ml|json)$/i;
/** Aliases can multiply; no manifest needs more. */
const MAX_ALIASES = 100;

/**
 * Tests of files, folders (with all below) and `-` (standard input), in the order given. All are checked before any
 * is returned: what is wrong is said with file, document and field, all at once.
 */
export function readManifests(paths: readonly string[], source: ManifestSource): GivenTest[] {
  const problems: string[] = [];
  const tests = paths
    .flatMap((path) => (path === '-' ? [{ where: 'standard input', text: source.stdin() }] : readPath(path)))
    .flatMap(({ where, text }) => parseManifests(where, text, source.namespace, problems));
  if (problems.length > 0) throw new CommandFailed(problems.join('\n'), EXIT.refused);
  if (tests.length === 0) throw new CommandFailed('No StreamTest was found: nothing to do.', EXIT.refused);
  return tests;
}

function readPath(path: string): { where: string; text: string }[] {
  try {
    if (!statSync(path).isDirectory()) return [{ where: path, text: readFileSync(path, 'utf8') }];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => MANIFEST.test(name))
      .sort()
      .map((name) => join(path, name))
      .map((file) => ({ where: file, text: readFileSync(file, 'utf8') }));
  } catch (cause) {
    throw new CommandFailed(`Cannot read ${path}: ${(cause as Error).message}`, EXIT.usage, { cause });
  }
}

function parseManifests(
  where: string,
  text: string,
  namespace: string | null,
  problems: string[],
): GivenTest[] {
  const documents = parseAllDocuments(text, { uniqueKeys: true, version: '1.2' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, i) => {
    const place = documents.length === 1 ? where : `${where}, document ${i + 1}`;
    const [error] = document.errors;
    if (error !== undefined) {
      problems.push(`${place}: not YAML: ${error.message.trim()}`);
      return [];
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (cause) {
      problems.push(`${place}: not YAML: ${(cause as Error).message}`);
      return [];
    }
    // Nothing between two separators.
    if (value === null && documents.length > 1) return [];
    const checked = checkStreamTest(inNamespace(value, namespace));
    if (checked.ok) return [{ where: place, test: checked.test }];
    problems.push(
      ...checked.problems.map(({ path, message }) => `${place}: ${path === '' ? '' : `${path}: `}${message}`),
    );
    return [];
  });
}

/** The namespace of the command stands where a manifest names none. */
function inNamespace(value: unknown, namespace: string | null): unknown {
  if (namespace === null || typeof value !== 'object' || value === null) return value;
  const { metadata } = value as { metadata?: unknown };
  if (typeof metadata !== 'object' || metadata === null || 'namespace' in metadata) return value;
  return { ...value, metadata: { ...metadata, namespace } };
}
