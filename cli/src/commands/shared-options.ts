import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Command, Option } from 'commander';
import { type ApiClient, apiClient } from '../api-client/api-client.ts';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import { OUTPUTS, type Output } from '../output/write-objects.ts';

export interface ServerFlags {
  readonly server: string;
  readonly token?: string;
  readonly caFile?: string;
}
export interface NamespaceFlags {
  readonly namespace: string;
}
export interface OutputFlags {
  readonly output: Output;
}

/** What a command works with: passed in, so that a test can stand in for a terminal. */
export interface CommandRoom {
  out(text: string | Uint8Array): void;
  /** Whether what goes out is shown to a person. */
  readonly isTerminal: boolean;
  note(text: string): void;
  stdin(): string;
  nowMs(): number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function withServer(command: Command): Command {
  return command
    .addOption(
      new Option('-s, --server <url>', 'address of the operator')
        .env('STREAMSWARM_SERVER')
        .default('http://localhost:5000'),
    )
    .addOption(
      new Option('--token <token>', 'an API token, where the operator asks for a login').env(
        'STREAMSWARM_TOKEN',
      ),
    )
    .addOption(
      new Option('--ca-file <file>', "the operator's CA (PEM), where it has one of its own").env(
        'STREAMSWARM_CA_FILE',
      ),
    );
}

export function withNamespace(command: Command): Command {
  return command.addOption(
    new Option('-n, --namespace <name>', 'namespace of the test')
      .env('STREAMSWARM_NAMESPACE')
      .default('default'),
  );
}

export function withOutput(command: Command): Command {
  return command.addOption(
    new Option('-o, --output <form>', 'form of the output').choices(OUTPUTS).default('table'),
  );
}

export function connect({ server, token, caFile }: ServerFlags): ApiClient {
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw new CommandFailed(
      `--server is an address such as http://localhost:5000, not ${JSON.stringify(server)}.`,
      EXIT.usage,
    );
  }
  if (token !== undefined && server.startsWith('http:') && !isLoopbackUrl(server)) {
    throw new CommandFailed(
      `A token is sent over https only: begin --server with https://, not ${server}.`,
      EXIT.usage,
    );
  }
  if (caFile !== undefined) believe(caFile);
  return apiClient(server, token ?? null);
}

/** Whether only this machine reaches it. */
export function isLoopbackUrl(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** Beside the CAs that Node knows: another operator may have a certificate of one of those. */
function believe(caFile: string): void {
  let pem: string;
  try {
    pem = readFileSync(caFile, 'utf8');
    new X509Certificate(pem);
  } catch (cause) {
    throw new CommandFailed(
      `--ca-file ${caFile} cannot be used: ${(cause as Error).message}. It must be a certificate in PEM.`,
      EXIT.usage,
      { cause },
    );
  }
  setDefaultCACertificates([...getCACertificates('default'), pem]);
}

export const testPath = (namespace: string, name: string): string =>
  `/api/v1/tests/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;

/** `namespace/name` or a name of the given namespace. */
export function testName(text: string, namespace: string): { namespace: string; name: string } {
  const [first = '', second, ...rest] = text.replace(/^(streamtests?|stt|tests?)\//, '').split('/');
  if (rest.length > 0 || first === '' || second === '') {
    throw new CommandFailed(
      `A test is named NAME or NAMESPACE/NAME, not ${JSON.stringify(text)}.`,
      EXIT.usage,
    );
  }
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second };
}
