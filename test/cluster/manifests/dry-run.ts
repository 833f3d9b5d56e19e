import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

export interface Verdict {
  readonly accepted: boolean;
  /** What the API server said. */
  readonly message: string;
}

/** Asks an API server what it would say to a StreamTest, as kubectl does: nothing is stored, fields are strict. */
export function dryRunner({ url, caFile, token }: { url: string; caFile: string; token: string }) {
  const agent = new Agent({ ca: readFileSync(caFile), keepAlive: true, maxSockets: 4 });
  const target = `${url}/apis/streamswarm.dev/v1alpha1/namespaces/manifests/streamtests?dryRun=All&fieldValidation=Strict`;
  return {
    judge(manifest: unknown): Promise<Verdict> {
      const body = JSON.stringify(manifest);
      return new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const call = request(target, { method: 'POST', agent, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const { message = '' } = JSON.parse(Buffer.concat(chunks).toString()) as { message?: string };
            const status = response.statusCode ?? 0;
            if (status === 201 || status === 400 || status === 422)
              resolve({ accepted: status === 201, message });
            else reject(new Error(`HTTP ${status} is no verdict: ${message}`));
          });
        });
        call.once('error', reject);
        call.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}
