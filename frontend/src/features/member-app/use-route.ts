import { useCallback, useEffect, useState } from 'react';

export type MemberRoute = 'pass' | 'visits' | 'me' | 'sign-in';

const paths: Record<MemberRoute, string> = {
  pass: '/app',
  visits: '/app/visits',
  me: '/app/me',
  'sign-in': '/app/sign-in',
};

function routeOf(path: string): MemberRoute {
  const known = (Object.keys(paths) as MemberRoute[]).find((route) => path === paths[route]);
  return known ?? 'pass';
}

/** Three pages and a sign-in need no more of a router than this. */
export function useRoute(): [MemberRoute, (to: MemberRoute) => void] {
  const [route, setRoute] = useState(() => routeOf(location.pathname));
  useEffect(() => {
    const back = () => {
      setRoute(routeOf(location.pathname));
    };
    window.addEventListener('popstate', back);
    return () => {
      window.removeEventListener('popstate', back);
    };
  }, []);
  const go = useCallback((to: MemberRoute) => {
    history.pushState(null, '', paths[to]);
    setRoute(to);
    window.scrollTo(0, 0);
  }, []);
  return [route, go];
}
