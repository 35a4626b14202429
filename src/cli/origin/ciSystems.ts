/** What a CI system puts into the environment of its jobs. */
export interface CiSystem {
  name: string;
  /** It is set in every job of the system, and nowhere else. */
  marker: string;
  /** The variable with the commit that is built. */
  commit: string;
  /** The variable with the person who started it, where the system tells. */
  startedBy?: string;
}

/** Variables as each system documents them. */
export const CI_SYSTEMS: readonly CiSystem[] = [
  {
    name: 'GitHub Actions',
    marker: 'GITHUB_ACTIONS',
    commit: 'GITHUB_SHA',
    startedBy: 'GITHUB_ACTOR',
  },
  {
    name: 'GitLab CI/CD',
    marker: 'GITLAB_CI',
    commit: 'CI_COMMIT_SHA',
    startedBy: 'GITLAB_USER_LOGIN',
  },
  {
    name: 'CircleCI',
    marker: 'CIRCLECI',
    commit: 'CIRCLE_SHA1',
    startedBy: 'CIRCLE_USERNAME',
  },
  {
    name: 'Buildkite',
    marker: 'BUILDKITE',
    commit: 'BUILDKITE_COMMIT',
    startedBy: 'BUILDKITE_BUILD_CREATOR',
  },
  { name: 'Bitbucket Pipelines', marker: 'BITBUCKET_BUILD_NUMBER', commit: 'BITBUCKET_COMMIT' },
  {
    name: 'Azure Pipelines',
    marker: 'TF_BUILD',
    commit: 'BUILD_SOURCEVERSION',
    startedBy: 'BUILD_REQUESTEDFOR',
  },
  // The user is set by a plugin that most have; the commit by the plugin for git.
  { name: 'Jenkins', marker: 'JENKINS_URL', commit: 'GIT_COMMIT', startedBy: 'BUILD_USER_ID' },
];
