import type { KubeClient } from './kube-client.ts';
import { type KubeObject, TOKEN_REVIEWS } from './objects.ts';

/** What the API server says of a bearer token; null where the token is not bound to such a thing. */
export interface TokenFacts {
  readonly username: string;
  readonly audiences: readonly string[];
  readonly nodeName: string | null;
  readonly nodeUid: string | null;
  readonly podName: string | null;
  readonly podUid: string | null;
  readonly namespace: string | null;
  readonly serviceAccount: string | null;
}

interface TokenReview extends KubeObject {
  readonly status?: {
    readonly authenticated?: boolean;
    readonly audiences?: readonly string[];
    readonly user?: {
      readonly username?: string;
      readonly extra?: Readonly<Record<string, readonly string[]>>;
    };
  };
}

const CLAIMS = 'authentication.kubernetes.io/';

/**
 * Asks the API server whose token this is (authentication.k8s.io/v1 TokenReview). Null where it is not valid now or
 * was not made for this audience. A token of a deleted pod is not valid, but the API server remembers a yes for
 * 10 s. Rejects with KubeError where nobody could be asked. The node is told since Kubernetes 1.30 (KEP-4193).
 */
export async function reviewToken(
  client: Pick<KubeClient, 'create'>,
  token: string,
  audience: string,
): Promise<TokenFacts | null> {
  const { status } = await client.create<TokenReview>(TOKEN_REVIEWS, {
    spec: { token, audiences: [audience] },
  });
  const audiences = status?.audiences ?? [];
  const user = status?.user;
  // An authenticator that knows no audiences leaves them out: such a yes is none.
  if (status?.authenticated !== true || !audiences.includes(audience) || !user?.username) return null;
  const claim = (name: string): string | null => user.extra?.[CLAIMS + name]?.[0] ?? null;
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user.username);
  return {
    username: user.username,
    audiences,
    nodeName: claim('node-name'),
    nodeUid: claim('node-uid'),
    podName: claim('pod-name'),
    podUid: claim('pod-uid'),
    namespace: account?.[1] ?? null,
    serviceAccount: account?.[2] ?? null,
  };
}
