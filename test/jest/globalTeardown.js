import { stopServers } from './globalSetup.js';

export default () => stopServers();
