import { SettingsScreen } from '../../screens/settings/settings-screen.tsx';

export default function Page() {
  return <SettingsScreen />;
}
