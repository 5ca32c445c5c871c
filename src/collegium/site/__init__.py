"""The site: settings, addresses, the design system, and what wraps every page."""
