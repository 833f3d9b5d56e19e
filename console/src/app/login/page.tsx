import { LoginScreen } from '../../screens/login/login-screen.tsx';

export default function Page() {
  return <LoginScreen />;
}
