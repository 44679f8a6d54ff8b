# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `./jiahe` does before and around the product. Standard library only: it runs before anything is installed."""
