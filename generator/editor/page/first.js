// Before Decap CMS: it is not to begin by itself.
window.CMS_MANUAL_INIT = true;
