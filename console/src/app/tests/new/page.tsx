import { CreateScreen } from '../../../screens/create/create-screen.tsx';

export default function Page() {
  return <CreateScreen />;
}
