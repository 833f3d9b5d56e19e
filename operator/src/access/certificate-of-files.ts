import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { CertificateSource, ServerCertificate } from '../api/listen-for-people.ts';

export interface CertificateFiles {
  /** The certificate and those above it, PEM. */
  readonly certFile: string;
  readonly keyFile: string;
}

/** Who renews certificates replaces the files; nobody tells us. */
const LOOK_EVERY_MS = 60_000;

/** Certificates that somebody else keeps in files, read again when they change. */
export function certificateOfFiles(
  files: CertificateFiles,
  logger: Pick<Logger, 'info' | 'error'>,
  lookEveryMs = LOOK_EVERY_MS,
): CertificateSource {
  let last = '';
  return {
    async current() {
      const certificate = await readCertificate(files);
      last = certificate.cert;
      return certificate;
    },
    watch(install) {
      const look = async (): Promise<void> => {
        try {
          const certificate = await readCertificate(files);
          if (certificate.cert === last) return;
          install(certificate);
          last = certificate.cert;
          logger.info({ file: files.certFile }, 'certificate read again');
        } catch (error) {
          logger.error(
            { err: error },
            'the certificate could not be read again: the former one stays in use',
          );
        }
      };
      const timer = setInterval(() => void look(), lookEveryMs);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

/** Throws an Error that names the file where they cannot be read or do not belong together. */
async function readCertificate({ certFile, keyFile }: CertificateFiles): Promise<ServerCertificate> {
  const [cert, key] = await Promise.all([readPem(certFile), readPem(keyFile)]);
  let belongs: boolean;
  try {
    belongs = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw new Error(
      `${certFile} and ${keyFile} must be a certificate and its unencrypted key, both PEM: ${(cause as Error).message}`,
      { cause },
    );
  }
  if (!belongs) throw new Error(`the key in ${keyFile} is not the one of the certificate in ${certFile}`);
  return { cert, key };
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(
      `${file} cannot be read (STREAMSWARM_TLS_CERT, STREAMSWARM_TLS_KEY): ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}
