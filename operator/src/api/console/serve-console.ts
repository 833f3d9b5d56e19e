import { existsSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { Api } from '../api-instance.ts';
import { nothingHere } from '../plugins/errors.ts';
import { pagePolicy } from './page-policy.ts';

const NOT_BUILT =
  'StreamSwarm is running, but its console is not built.\n\n' +
  'Build it with:  npm run build\n\nThe API answers below /api/v1; /api/openapi.json describes it.\n';
const AGENT_PATH = /^\/agents\/([a-z0-9][-a-z0-9.]{0,252})\/?$/;
const TEST_PATH = /^\/tests\/([a-z0-9][-a-z0-9]{0,62})\/([a-z0-9][-a-z0-9]{0,62})\/?$/;

/** Serves the exported console; null or a folder without pages: a page that says how to build it. */
export async function serveConsole(app: Api, folder: string | null): Promise<void> {
  const built = folder !== null && existsSync(join(folder, 'index.html'));
  if (built) await servePages(app, folder);
  else
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain').send(NOT_BUILT),
    );
  const hasErrorPage = built && existsSync(join(folder, '404.html'));

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const named = request.method === 'GET' ? (testPage(path) ?? agentPage(path)) : null;
    if (built && named !== null) return reply.redirect(named, 302);
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    if (hasErrorPage && wantsPage) return reply.code(404).sendFile('404.html');
    throw nothingHere(request.method, path);
  });
}

/** The export has no page for each test: /tests/NAMESPACE/NAME leads to the one that shows any. */
export function testPage(path: string): string | null {
  const found = TEST_PATH.exec(path);
  return found === null ? null : `/tests/view/?test=${found[1]}/${found[2]}`;
}

/** As testPage, for /agents/NAME. */
export function agentPage(path: string): string | null {
  const found = AGENT_PATH.exec(path);
  return found === null ? null : `/agents/view/?agent=${found[1]}`;
}

async function servePages(app: Api, folder: string): Promise<void> {
  const policies = new Map<string, { readonly version: string; readonly policy: string }>();
  const policyOf = (path: string, stat: Stats): string => {
    const version = `${stat.mtimeMs} ${stat.size}`;
    const known = policies.get(path);
    if (known?.version === version) return known.policy;
    const policy = pagePolicy(readFileSync(path, 'utf8'));
    policies.set(path, { version, policy });
    return policy;
  };
  await app.register(fastifyStatic, {
    root: folder,
    redirect: true,
    cacheControl: false,
    schemaHide: true,
    setHeaders(reply: FastifyReply, path: string, stat: Stats) {
      // File names below _next/static carry a hash of their content; everything else may change under its name.
      const forever = path.includes('/_next/static/');
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (path.endsWith('.html')) reply.header('content-security-policy', policyOf(path, stat));
    },
  });
}
