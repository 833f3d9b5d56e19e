import { installProduct } from '../../support/installed-product.ts';
import { type FirstResultFigures, firstResult } from './first-result.ts';
import { type LastPacketFigures, lastPacket } from './last-packet.ts';
import { type NodeChangesFigures, nodeChanges } from './node-changes.ts';

export interface InstalledProductFigures {
  readonly installSeconds: number;
  readonly firstResult: FirstResultFigures;
  readonly lastPacket: LastPacketFigures;
  readonly nodeChanges: NodeChangesFigures;
}

export async function proveInstalledProduct({
  tries,
  deletes,
}: {
  readonly tries: number;
  readonly deletes: number;
}): Promise<InstalledProductFigures> {
  const product = await installProduct({ nodes: 3 });
  try {
    return {
      installSeconds: product.installSeconds,
      firstResult: await firstResult(product, tries),
      lastPacket: await lastPacket(product, deletes),
      nodeChanges: await nodeChanges(product),
    };
  } finally {
    await product.stop();
  }
}
