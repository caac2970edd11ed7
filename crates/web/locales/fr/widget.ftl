# Le bouton et la liste sur les pages d’autres sites.

widget-buy = Acheter des billets
widget-get = Obtenir des billets
