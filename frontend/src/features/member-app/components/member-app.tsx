import { useEffect, useState } from 'react';
import { useMember } from '../use-member';
import { useRoute } from '../use-route';
import { useTexts } from '../texts';
import classes from './member-app.module.css';
import { MePage } from './me-page';
import { PassPage } from './pass-page';
import { SignInPage } from './sign-in-page';
import { Tabs } from './tabs';
import { VisitsPage } from './visits-page';

const skeletonMilliseconds = 150;

/** The whole app: sign-in for strangers, three pages for members. */
export function MemberApp() {
  const { language } = useTexts();
  const member = useMember();
  const [route, go] = useRoute();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  if (route === 'sign-in' || member.state === 'out' || (member.state === 'unknown' && member.offlineSince !== null)) {
    return (
      <SignInPage
        onSignedIn={() => {
          go('pass');
          void member.refresh();
        }}
      />
    );
  }
  if (member.saved === null) {
    return <Waiting />;
  }
  const { saved, offlineSince } = member;
  return (
    <div className={classes.app}>
      <main className={classes.page}>
        {route === 'pass' && (
          <PassPage saved={saved} fresh={member.fresh} offlineSince={offlineSince} onChanged={member.refresh} />
        )}
        {route === 'visits' && <VisitsPage saved={saved} offlineSince={offlineSince} />}
        {route === 'me' && (
          <MePage saved={saved} offlineSince={offlineSince} onChanged={member.refresh} onLeft={member.leave} />
        )}
      </main>
      <Tabs
        route={route}
        onGo={(to) => {
          go(to);
          void member.refresh();
        }}
      />
    </div>
  );
}

/** Nothing at first, since the answer is usually there at once; then a shape of the size of what comes. */
function Waiting() {
  const { t } = useTexts();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
    }, skeletonMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <main className={classes.page} aria-busy="true">
      {late && (
        <>
          <h1 className={classes.hello}>{t('loading')}</h1>
          <div className={classes.skeleton} />
        </>
      )}
    </main>
  );
}
