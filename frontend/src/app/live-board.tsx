import { AlertsCard } from '@/features/alerts/components/alerts-card';
import { LivePage } from '@/features/live/components/live-page';

/** The live page with the alerts of its doors: two features on one board. */
export function LiveBoard() {
  return <LivePage alerts={<AlertsCard />} />;
}
