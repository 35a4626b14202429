/** What AWS accepts as an external id. */
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
export const EXTERNAL_ID_RULE = 'it must be 2 to 1224 letters, digits or + = , . @ : / -';
