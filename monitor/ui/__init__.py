"""What people see: the kiosk for patients and the station for nurses."""
