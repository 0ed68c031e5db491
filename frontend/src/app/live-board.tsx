import { AlertsCard } from '@/features/alerts/components/alerts-card';
import { LockDownBanner, LockDownButton } from '@/features/alerts/components/lock-down';
import { LivePage } from '@/features/live/components/live-page';

/** The live page with the alerts and the lock-down of its doors: two features on one board. */
export function LiveBoard() {
  return <LivePage alerts={<AlertsCard />} actions={<LockDownButton />} banner={<LockDownBanner />} />;
}
