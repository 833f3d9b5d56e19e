import { PROBE_NAMES } from '../probes/catalogue.ts';
import { cleanManifest } from './clean-manifest.ts';
import type { Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import { StreamTest } from './stream-test.ts';
import { ruleProblems } from './stream-test-rules.ts';

export type Checked =
  /** The manifest as a person would have written it: without what a server has added. */
  | { readonly ok: true; readonly test: StreamTest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Everything that can be said about a manifest without asking anybody: schema first, then the rules. Takes what
 * people write and what `kubectl get -o yaml` gives; the API server comes to the same verdict.
 */
export function checkStreamTest(manifest: unknown): Checked {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    return {
      ok: false,
      problems: [
        { path: '', message: 'must be a mapping with apiVersion, kind, metadata and spec', rule: 'type' },
      ],
    };
  }
  const cleaned = cleanManifest(manifest);
  const problems = schemaProblems(StreamTest, cleaned, unknownField);
  if (problems.length > 0) return { ok: false, problems };
  const test = cleaned as StreamTest;
  const broken = ruleProblems(test.spec);
  return broken.length > 0 ? { ok: false, problems: broken } : { ok: true, test };
}

function unknownField(path: string): string | null {
  return /^spec\.probes\[[0-9]+\]\.[a-z]+$/.test(path)
    ? `unknown kind of probe; this version has ${PROBE_NAMES.join(', ')}`
    : null;
}
