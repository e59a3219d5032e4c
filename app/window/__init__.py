"""The parts of the main window: viewports with their pages, docks, menus, linking and cine. They hold no study."""
