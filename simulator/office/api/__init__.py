"""The control API: one module per topic."""

from fastapi import APIRouter

from simulator.office.api import bench, contracts, notices, trail, users

router = APIRouter()
for topic in (bench, contracts, users, notices, trail):
    router.include_router(topic.router)

__all__ = ["router"]
