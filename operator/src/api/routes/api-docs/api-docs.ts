import apiReference from '@scalar/fastify-api-reference';
import type { Api } from '../../api-instance.ts';
import { inlineScriptHashes } from '../../console/page-policy.ts';

export const API_DOCS = '/api/docs';

/** The browsable description of the API: everything comes from this operator, nothing from elsewhere. */
export async function serveApiDocs(app: Api): Promise<void> {
  await app.register(async (scope: Api) => {
    scope.addHook('onSend', async (_request, reply, payload) => {
      const type = String(reply.getHeader('content-type') ?? '');
      if (type.startsWith('text/html') && typeof payload === 'string') {
        reply.header('content-security-policy', docsPolicy(payload));
      }
      return payload;
    });
    await scope.register(apiReference, {
      routePrefix: API_DOCS,
      configuration: {
        title: 'StreamSwarm API',
        url: '/api/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        persistAuth: false,
      },
    });
  });
}

/** As pages of the console have it: its own origin, and exactly the scripts of the page. */
function docsPolicy(html: string): string {
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...inlineScriptHashes(html)].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
