import { LATER_PROBES, PROBE_NAMES } from '../probes/catalogue.ts';
import type { Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import { StreamTest } from './stream-test.ts';
import { ruleProblems } from './stream-test-rules.ts';

export type Checked =
  | { readonly ok: true; readonly test: StreamTest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Everything that can be said about a manifest without asking anybody: schema first, then the rules. */
export function checkStreamTest(manifest: unknown): Checked {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    return {
      ok: false,
      problems: [
        { path: '', message: 'must be a mapping with apiVersion, kind, metadata and spec', rule: 'type' },
      ],
    };
  }
  const problems = schemaProblems(StreamTest, manifest, unknownField);
  if (problems.length > 0) return { ok: false, problems };
  const test = manifest as StreamTest;
  const broken = ruleProblems(test.spec);
  return broken.length > 0 ? { ok: false, problems: broken } : { ok: true, test };
}

function unknownField(path: string): string | null {
  const kind = /^spec\.probes\[[0-9]+\]\.([a-z]+)$/.exec(path)?.[1];
  if (kind === undefined) return null;
  const now = `this version has ${PROBE_NAMES.join(', ')}`;
  return (LATER_PROBES as readonly string[]).includes(kind)
    ? `not supported by this version yet: the ${kind} probe; ${now}`
    : `unknown kind of probe; ${now}`;
}
