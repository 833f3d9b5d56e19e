'use client';

import type { ReactNode } from 'react';
import { Frame } from './frame.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Rail } from './rail.tsx';
import { useKeys } from './use-keys.ts';

export function Shell({ children }: { readonly children: ReactNode }) {
  useKeys();
  return (
    <Frame rail={<Rail />}>
      {children}
      <KeysDialog />
    </Frame>
  );
}
