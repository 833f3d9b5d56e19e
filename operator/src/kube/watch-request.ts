import type { KubeError } from './kube-error.ts';
import type { KubeTransport } from './kube-transport.ts';
import { apiVersionOf, type KubeObject, pathOf, type Resource } from './objects.ts';
import { brokenStream, refusalOfEvent, silentStream } from './parse-refusal.ts';
import type { Timers } from './timers.ts';

export interface WatchEvent<T extends KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
}

export interface WatchRequest<T extends KubeObject> {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Events after this one. */
  readonly resourceVersion: string;
  /** The server ends the watch in order after so long. */
  readonly timeoutSeconds: number;
  /** No byte for so long: the connection is taken for dead, whatever TCP believes. */
  readonly idleMs: number;
  onEvent(event: WatchEvent<T>): void;
  /** Nothing has changed up to this resourceVersion. */
  onBookmark(resourceVersion: string): void;
  /** The server is there: the watch is open, or bytes have come. */
  onHeard(): void;
  /** Called exactly once, also after `stop`; null: the server ended the watch in order. */
  onEnd(error: KubeError | null): void;
}

/** Objects are limited by etcd to 1.5 MB by default; a line that never ends must not fill the memory. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;
/** What a server may need beyond its own time limit to end the watch. */
const GRACE_MS = 30_000;

/** One watch on one connection; the result stops it and destroys its socket. It never throws later. */
export function startWatchRequest<T extends KubeObject>(
  transport: Pick<KubeTransport, 'stream'>,
  resource: Resource,
  { timers, ...asked }: WatchRequest<T> & { readonly timers: Timers },
): () => void {
  const path = pathOf(resource, { namespace: asked.namespace });
  const what = `watch of ${resource.plural}`;
  let parts: Buffer[] = [];
  let bytes = 0;
  let stop: (why: string) => void = () => undefined;
  let isEnded = false;
  let cancelIdle = (): void => undefined;
  const arm = (): void => {
    cancelIdle();
    cancelIdle = timers.after(asked.idleMs, () => fail(silentStream(what, asked.idleMs)));
  };
  const limitMs = asked.timeoutSeconds * 1_000 + GRACE_MS;
  const cancelLimit = timers.after(limitMs, () => stop(`the watch did not end within ${limitMs / 1_000} s`));
  const end = (error: KubeError | null): void => {
    if (isEnded) return;
    isEnded = true;
    cancelIdle();
    cancelLimit();
    parts = [];
    asked.onEnd(error);
  };
  const fail = (error: KubeError): void => {
    end(error);
    stop('the watch was given up');
  };
  const takeLine = (line: Buffer): void => {
    if (line.length === 0) return;
    const read = readLine<T>(line, resource);
    if (read === null) fail(brokenStream(what, line));
    else takeEvent(read, line);
  };
  const takeEvent = (read: Line, line: Buffer): void => {
    try {
      if (read.type === 'ERROR') fail(refusalOfEvent(what, read.object));
      else if (read.type === 'BOOKMARK') asked.onBookmark(read.object.metadata.resourceVersion);
      else asked.onEvent(read as WatchEvent<T>);
    } catch (cause) {
      // Thrown into the socket's event it would end the process.
      fail(brokenStream(what, line, cause));
    }
  };
  const takeChunk = (chunk: Buffer): void => {
    arm();
    asked.onHeard();
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0 && !isEnded; at = chunk.indexOf(10, from)) {
      const piece = chunk.subarray(from, at);
      from = at + 1;
      const line = parts.length === 0 ? piece : Buffer.concat([...parts, piece]);
      parts = [];
      bytes = 0;
      takeLine(line);
    }
    if (isEnded || from >= chunk.length) return;
    parts.push(chunk.subarray(from));
    bytes += chunk.length - from;
    if (bytes > LONGEST_LINE_BYTES) fail(brokenStream(what, chunk));
  };

  arm();
  stop = transport.stream(
    {
      method: 'GET',
      path,
      query: {
        watch: '1',
        allowWatchBookmarks: 'true',
        resourceVersion: asked.resourceVersion,
        timeoutSeconds: String(asked.timeoutSeconds),
        labelSelector: asked.labelSelector,
        fieldSelector: asked.fieldSelector,
      },
    },
    {
      onOpen() {
        arm();
        asked.onHeard();
      },
      onChunk: takeChunk,
      // What is left without a line end was cut off: its event comes again, after the last resourceVersion.
      onEnd: end,
    },
  );
  return () => stop('it was stopped');
}

interface Line {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

const TYPES = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);

/** Null where the line is no event of a watch of this resource. */
function readLine<T extends KubeObject>(line: Buffer, resource: Resource): Line | null {
  let parsed: { type?: unknown; object?: Partial<T> | null } | null;
  try {
    parsed = JSON.parse(line.toString('utf8'));
  } catch {
    return null;
  }
  const type = parsed?.type;
  const object = parsed?.object;
  if (typeof type !== 'string' || !TYPES.has(type) || typeof object !== 'object' || object === null)
    return null;
  if (type !== 'ERROR') {
    if (object.kind !== resource.kind || object.apiVersion !== apiVersionOf(resource)) return null;
    if (typeof object.metadata?.resourceVersion !== 'string') return null;
    if (
      type !== 'BOOKMARK' &&
      (typeof object.metadata.uid !== 'string' || typeof object.metadata.name !== 'string')
    )
      return null;
  }
  // Checked above as far as it is relied upon here; the rest is the server's schema.
  return parsed as Line;
}
