import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { useMay } from '@/lib/rights';
import { AccountPage } from './account-page';
import { BackupPage } from './backup-page';
import { GuidePage } from './guide-page';
import { ImportPage } from './import-page';
import { LogPage } from './log-page';
import { OfflinePage } from './offline-page';
import { OutboxPage } from './outbox-page';
import { PlacesPage } from './places-page';
import { PlansPage } from './plans-page';
import { RolesPage } from './roles-page';
import { SettingsNav } from './settings-nav';
import { StaffPage } from './staff-page';
import { VisitsExportPage } from './visits-export-page';
import classes from './settings.module.css';

/** The settings: one list of plain words, and what each of them opens. Everybody has their own account there. */
export function SettingsPage() {
  const { t } = useTranslation();
  const setUp = useMay('setup.write');
  const staff = useMay('staff.write');
  const audit = useMay('audit.read');
  const outbox = useMay('outbox');
  const imports = useMay('members.import');
  const members = useMay('members.read');
  const figures = useMay('metrics.read');
  const places = [
    { path: 'account', may: true, word: t('settings.account.title'), page: <AccountPage /> },
    { path: 'guide', may: setUp, word: t('settings.guide.title'), page: <GuidePage /> },
    { path: 'places', may: setUp, word: t('settings.places.title'), page: <PlacesPage /> },
    { path: 'plans', may: setUp, word: t('settings.plans.title'), page: <PlansPage /> },
    { path: 'staff', may: staff, word: t('settings.staff.title'), page: <StaffPage /> },
    { path: 'roles', may: staff, word: t('settings.roles.title'), page: <RolesPage /> },
    { path: 'import', may: imports, word: t('settings.import.title'), page: <ImportPage /> },
    { path: 'offline', may: members, word: t('settings.offline.title'), page: <OfflinePage /> },
    { path: 'visits', may: members, word: t('settings.visits.title'), page: <VisitsExportPage /> },
    { path: 'outbox', may: outbox, word: t('settings.outbox.title'), page: <OutboxPage /> },
    { path: 'backup', may: figures, word: t('settings.backup.title'), page: <BackupPage /> },
    { path: 'log', may: audit, word: t('settings.log.title'), page: <LogPage /> },
  ].filter(({ may }) => may);
  return (
    <Page title={t('rail.settings')}>
      <PageHeader title={t('rail.settings')} note={t('settings.note')} />
      <OfflineBanner help={t('desk.offline')} />
      <div className={classes.layout}>
        <SettingsNav places={places} />
        <Routes>
          {places.map(({ path, page }) => (
            <Route key={path} path={path} element={page} />
          ))}
          <Route path="*" element={<Navigate to="/settings/account" replace />} />
        </Routes>
      </div>
    </Page>
  );
}
