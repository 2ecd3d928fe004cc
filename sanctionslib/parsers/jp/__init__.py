"""Japanese lists: the Ministry of Finance (`mof`) and the Ministry of Economy, Trade and Industry (`meti`)."""
