import type { StreamTest } from '@streamswarm/contract';

/** A StreamTest as it lives somewhere: in Postgres here, in a Kubernetes API server in a cluster. */
export interface StoredTest {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Counts changes of the spec. */
  readonly generation: number;
  /** Counts all changes. */
  readonly resourceVersion: string;
  readonly manifest: StreamTest;
  readonly createdMs: number;
  readonly deletedMs: number | null;
}

export type ApplyResult =
  | { readonly test: StoredTest; readonly result: 'created' | 'configured' | 'unchanged' }
  /** `create` of a test that exists. */
  | { readonly conflict: string };

export interface ApplyOptions {
  readonly mode: 'create' | 'apply';
  readonly actor: string;
}

/** Where StreamTests live. Manifests handed in have passed checkStreamTest. */
export interface StreamTestStore {
  list(): Promise<StoredTest[]>;
  get(namespace: string, name: string): Promise<StoredTest | null>;
  apply(test: StreamTest, options: ApplyOptions): Promise<ApplyResult>;
  /** False where there is no such test. */
  remove(namespace: string, name: string, actor: string): Promise<boolean>;
  /** Sets annotations, or takes them away where the value is null. */
  annotate(
    namespace: string,
    name: string,
    annotations: Record<string, string | null>,
  ): Promise<StoredTest | null>;
  setSuspend(namespace: string, name: string, suspend: boolean, actor: string): Promise<StoredTest | null>;
}
