import type { KubeClient } from '../kube/kube-client.ts';
import { isAlreadyExists, isNotFound } from '../kube/kube-error.ts';
import { STREAM_TESTS } from '../kube/objects.ts';
import type { Database } from '../store/database.ts';
import * as rows from '../store/queries/stream-tests.ts';
import { type StreamTestObject, storedFromObject } from './stream-test-object.ts';
import type { StoredTest, StreamTestStore } from './stream-test-store.ts';

/** Owner of the fields that the API and the console set. */
const FIELD_MANAGER = 'streamswarm-api';

/**
 * StreamTests in the API server of a cluster. Writes go there, and what comes back is answered; reads come from
 * Postgres, where the planner keeps a copy, so that they join with runs and results and go on without the cluster.
 */
export function kubernetesStreamTests(kube: KubeClient, db: Database): StreamTestStore {
  const ref = (namespace: string, name: string) => ({ namespace, name });
  const patched = async (namespace: string, name: string, patch: object): Promise<StoredTest | null> => {
    try {
      const object = await kube.mergePatch<StreamTestObject>(STREAM_TESTS, ref(namespace, name), patch, {
        fieldManager: FIELD_MANAGER,
      });
      return storedFromObject(object);
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  };
  return {
    list: () => rows.listTests(db),
    async get(namespace, name) {
      const copy = await rows.getTest(db, namespace, name);
      if (copy !== null) return copy;
      // One that was made a moment ago has no copy yet.
      const object = await kube.get<StreamTestObject>(STREAM_TESTS, ref(namespace, name));
      return object === null ? null : storedFromObject(object);
    },
    async apply({ apiVersion, kind, metadata, spec }, { mode }) {
      const namespace = metadata.namespace ?? 'default';
      const object = { apiVersion, kind, metadata: { ...metadata, namespace }, spec };
      if (mode === 'create') {
        try {
          const made = await kube.create<StreamTestObject>(STREAM_TESTS, object, {
            fieldManager: FIELD_MANAGER,
          });
          return { test: storedFromObject(made), result: 'created' };
        } catch (error) {
          if (isAlreadyExists(error)) return { conflict: `the test ${namespace}/${metadata.name} exists` };
          throw error;
        }
      }
      const before = await kube.get<StreamTestObject>(STREAM_TESTS, ref(namespace, metadata.name));
      // A person who edits in the console means it: fields that kubectl set are taken over.
      const after = await kube.apply<StreamTestObject>(STREAM_TESTS, object, {
        fieldManager: FIELD_MANAGER,
        force: true,
      });
      const result =
        before?.metadata.uid !== after.metadata.uid
          ? 'created'
          : before.metadata.resourceVersion === after.metadata.resourceVersion
            ? 'unchanged'
            : 'configured';
      return { test: storedFromObject(after), result };
    },
    remove: (namespace, name) => kube.remove(STREAM_TESTS, ref(namespace, name)),
    annotate: (namespace, name, annotations) => patched(namespace, name, { metadata: { annotations } }),
    setSuspend: (namespace, name, suspend) => patched(namespace, name, { spec: { suspend } }),
  };
}
