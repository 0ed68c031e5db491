import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/FloatingIndicator.css';
import '@mantine/core/styles/SegmentedControl.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import './theme/global.css';
import './theme/mantine.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { startI18n } from '@/lib/i18n';
import { ErrorBoundary } from '@/components/error-boundary';
import { App } from './app';
import { Broken } from './broken';
import { cssVariablesResolver, theme } from './theme/theme';

// Browsers hide the attribute from everybody but scripts.
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

const words = startI18n();
const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });
// The same key is read by first-paint.js, before anything else runs.
const colorSchemes = localStorageColorSchemeManager({ key: 'smartclub.theme' });
const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element "root"');
}

void words.then(() => {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colorSchemes}
        getStyleNonce={styleNonce}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <ErrorBoundary fallback={<Broken />}>
              <App />
            </ErrorBoundary>
          </BrowserRouter>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
});
