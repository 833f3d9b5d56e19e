import { startHeldHttps } from './held-https.ts';

/** An HTTPS server on all addresses of the namespace it runs in; says its port, ends with its input. */
const server = await startHeldHttps(
  ['shop.example.net'],
  (_request, response) => void response.end('hello'),
  '0.0.0.0',
);
process.stdout.write(`${server.port}\n`);
process.stdin.on('end', () => process.exit()).resume();
