# The button and the list on other sites’ pages.

widget-buy = Buy tickets
widget-get = Get tickets
