'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { isLoginPage } from '../../api/login-address.ts';
import { Notice } from '../notice/notice.tsx';
import { PaletteHost } from '../palette/palette-host.tsx';
import { Frame } from './frame.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Rail } from './rail.tsx';
import { useKeys } from './use-keys.ts';

export function Shell({ children }: { readonly children: ReactNode }) {
  useKeys();
  // Who is not known yet has nothing to look at, and nowhere to go.
  if (isLoginPage(usePathname())) return children;
  return (
    <Frame rail={<Rail />}>
      {children}
      <KeysDialog />
      <PaletteHost />
      <Notice />
    </Frame>
  );
}
