import { parseAllDocuments } from 'yaml';
import type { Api } from '../api-instance.ts';
import { ApiProblem } from '../problems/api-problem.ts';

export const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];
/** Aliases can multiply ("billion laughs"); no manifest needs more. */
const MAX_ALIASES = 100;

/** One YAML document as a value; throws an ApiProblem that names line and column. */
export function parseYaml(text: string): unknown {
  const documents = parseAllDocuments(text, { prettyErrors: true, uniqueKeys: true, version: '1.2' });
  if (!Array.isArray(documents) || documents.length === 0) {
    throw new ApiProblem('invalid-yaml', 'The body is empty: send one StreamTest.');
  }
  const [document] = documents;
  const error = documents.flatMap((one) => one.errors)[0];
  if (error !== undefined)
    throw new ApiProblem('invalid-yaml', `The body is not YAML: ${error.message.trim()}`);
  if (documents.length > 1) {
    throw new ApiProblem(
      'invalid-yaml',
      `The body holds ${documents.length} documents: send one StreamTest at a time.`,
    );
  }
  try {
    return document?.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    throw new ApiProblem('invalid-yaml', `The body is not YAML: ${(cause as Error).message}`, { cause });
  }
}

export function acceptYaml(app: Api): void {
  // A form of a foreign page can send text/plain without asking first; nothing here is plain text.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(YAML_TYPES, { parseAs: 'string' }, async (_request: unknown, body: string) =>
    parseYaml(body),
  );
}
